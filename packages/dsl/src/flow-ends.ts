/** What ends a chain, or leads elsewhere, is the same in both query languages. */
import type { QueryLanguage } from "@stepwright/asl";
import type { BackwardJump, NameOf, NewName } from "./fit.ts";
import type { Ended, Outcome } from "./outcome.ts";
import type { FailOptions } from "./state-options.ts";

export interface FlowEnds<
  Data,
  Variables,
  StateNames extends string,
  Ends,
  Language extends QueryLanguage,
> extends Outcome<Data, Variables, StateNames, Ends> {
  /** Ends the execution as failed. */
  fail<const Name extends string>(
    name: NewName<Name, StateNames>,
    options?: FailOptions<Data, Variables, Language>,
  ): Ended<StateNames | NameOf<Name>, Ends>;

  /** Ends the graph behind the last state (`End`), with the current data as its output. */
  end(): Ended<StateNames, Ends | Data>;

  /** Goes on with a state that was written before: a loop. The state must be in the same graph. */
  goTo<const Name extends string>(name: BackwardJump<Name, StateNames>): Ended<StateNames, Ends>;

  /**
   * Goes on with a state that is written later in the same graph. What that state reads must be there on this way, too:
   * the types do not see it. A target that there is not is a diagnostic at this line.
   */
  goForward<const Name extends string>(name: NewName<Name, StateNames>): Ended<StateNames, Ends>;
}
