/** Whether an exception of the AWS SDK carries one of the names that the service's reference gives. */
export function isSdkError(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
