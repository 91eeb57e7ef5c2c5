/**
 * Major collection: mark-sweep of the old space while all mutators stand still; nothing moves. What in-flight
 * transactions hold is alive: their new objects as a whole, and what they wrote in both versions. Read markers of freed
 * objects stay: all they can do is make a running transaction validate against an object that took the place.
 */
package org.segstm.gc.major;
