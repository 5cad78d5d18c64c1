/** A dataset that cannot be read: fails the Map Run with `States.ItemReaderFailed`; its message is the cause. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}
