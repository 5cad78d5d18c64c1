/** A value that is made at the first call and kept; a failure is not kept. The SDK's clients are loaded so, because a
 *  run on this machine never needs them. */
export function loadOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
