/** A model file that is damaged, cut short, or of a kind this program does not serve; never right on a retry. */
export class ModelArtifactCorruptError extends Error {
  override readonly name = "ModelArtifactCorruptError";
  /** Where in the file: a path of the document (`/learner/objective/name`) or a byte (`byte 17`). */
  readonly location: string;

  constructor(location: string, message: string, options?: ErrorOptions) {
    super(`The model file is corrupt at ${location}: ${message}`, options);
    this.location = location;
  }
}
