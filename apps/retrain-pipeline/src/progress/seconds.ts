/** `12.3 s` */
export function printSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
