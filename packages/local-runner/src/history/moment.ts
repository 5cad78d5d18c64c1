/** When something happened. An object, because everything that happened at once shares it. */
export interface Moment {
  readonly epochMs: number;
}
