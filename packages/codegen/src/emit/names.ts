/**
 * The words that generated files are named by.
 *
 * @example kebabCase("LaunchTrainingJob") // => "launch-training-job"
 * @example kebabCase("S3Copy2Bucket") // => "s3-copy2-bucket"
 */
export function kebabCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
}

/** @example pascalCase("launch training-job") // => "LaunchTrainingJob" */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
