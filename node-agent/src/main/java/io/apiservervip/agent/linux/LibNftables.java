package io.apiservervip.agent.linux;

/**
 * The functions of libnftables.so.1 that this package calls, bound by jnr-ffi: libnftables(3).
 *
 * <p>Contexts are passed as {@code long}. Public because the generated implementation lives in
 * another class loader.
 */
@SuppressWarnings("MemberName") // the library's names
public interface LibNftables {
  long nft_ctx_new(int flags);

  void nft_ctx_free(long context);

  int nft_ctx_buffer_output(long context);

  int nft_ctx_buffer_error(long context);

  String nft_ctx_get_error_buffer(long context);

  int nft_run_cmd_from_buffer(long context, String commands);
}
