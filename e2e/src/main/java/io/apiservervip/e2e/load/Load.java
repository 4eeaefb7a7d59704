package io.apiservervip.e2e.load;

/** One kind of load, run to its end on the calling thread. */
interface Load {
  Figures run();
}
