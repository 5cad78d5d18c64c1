/** Where a JSONPath state puts its result, as a type. */

export type ResultPath = "$" | `$.${string}` | null;

/** The data behind a state whose input was `Data` and whose result was `Result`. */
export type Placed<Data, Path, Result> = Path extends "$"
  ? Result
  : Path extends null
    ? Data
    : Path extends `$.${infer Keys}`
      ? PlacedAt<Data, Keys, Result>
      : never;

type PlacedAt<Data, Keys extends string, Result> = Keys extends `${infer Key}.${infer Rest}`
  ? Replaced<Data, Key, PlacedAt<Key extends keyof Data ? Data[Key] : unknown, Rest, Result>>
  : Replaced<Data, Keys, Result>;

/** The other members stay as they are, optional ones included. Spelled out through `infer`, for the editor. */
type Replaced<Data, Key extends string, Value> = Data extends unknown
  ? { [Member in keyof Data as Member extends Key ? never : Member]: Data[Member] } & {
      [Member in Key]: Value;
    } extends infer Members
    ? { [Member in keyof Members]: Members[Member] }
    : never
  : never;
