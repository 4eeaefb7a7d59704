package io.apiservervip.agent.linux;

import jnr.ffi.LibraryLoader;
import org.jspecify.annotations.Nullable;

/**
 * The nft language by way of libnftables(3). The library is loaded with the first script; a context
 * lives as long as one script, so that nothing of the host's rules stays in memory. Used by one
 * thread at a time.
 */
final class NftablesProgram {
  static final String LIBRARY = "libnftables.so.1";

  private final String libraryName;
  private @Nullable LibNftables library;

  /**
   * @param libraryName {@link #LIBRARY}, but for tests
   */
  NftablesProgram(String libraryName) {
    this.libraryName = libraryName;
  }

  /**
   * Runs a script, which is carried out whole or not at all.
   *
   * @return null, or the complaint and a remedy in one line
   */
  @Nullable String run(String script) {
    LibNftables loaded;
    try {
      loaded = load();
    } catch (LinkageError e) {
      return libraryName + " cannot be loaded: install libnftables1 (Debian) or nftables";
    }
    long context = loaded.nft_ctx_new(0);
    if (context == 0) {
      return "libnftables has no memory";
    }
    try {
      loaded.nft_ctx_buffer_output(context);
      loaded.nft_ctx_buffer_error(context);
      boolean done = loaded.nft_run_cmd_from_buffer(context, script) == 0;
      return done ? null : complaint(loaded.nft_ctx_get_error_buffer(context));
    } finally {
      loaded.nft_ctx_free(context);
    }
  }

  private LibNftables load() {
    LibNftables loaded = library;
    if (loaded == null) {
      loaded = LibraryLoader.create(LibNftables.class).failImmediately().load(libraryName);
      library = loaded;
    }
    return loaded;
  }

  /** The first line says what, the ones after it show where in the script. */
  static String complaint(@Nullable String text) {
    String first = text == null ? "" : text.lines().findFirst().orElse("");
    String missing = first.endsWith(Errno.text(Errno.ENOENT.number())) ? MODULES : "";
    return "nft: " + (first.isEmpty() ? "failed without a word" : first) + missing;
  }

  private static final String MODULES =
      ": the kernel lacks a module, load nft_chain_nat, nft_nat and nft_fib_inet";
}
