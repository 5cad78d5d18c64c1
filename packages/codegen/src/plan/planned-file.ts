/** What generation decided to leave on disk, before anything is written. Paths are relative to the project's folder, with `/`. */
export type PlannedFile =
  /** Ours: replaced whenever its text differs. */
  | { readonly policy: "generated"; readonly path: string; readonly text: string }
  /** Written when it is absent; from then on it is its author's. */
  | { readonly policy: "once"; readonly path: string; readonly text: string }
  /** There, and no machine needs it any more: told, never deleted. */
  | { readonly policy: "report"; readonly path: string; readonly message: string };
