import { EvaluationFailure } from "@stepwright/asl";
import type { JsonValue, ParallelState } from "@stepwright/asl";
import type { Complete } from "../data-flow.ts";
import { effectiveInput } from "../effective-input.ts";
import { evaluateFields } from "../evaluators.ts";
import { byIndex } from "../by-index.ts";
import { Thread } from "../thread.ts";
import type { CompiledState, ExecutionOps, Region } from "../thread.ts";
import { recordFailedTask } from "../failed-task.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import type { StateFailure } from "../state-failure.ts";
import { StateScope } from "../state-scope.ts";
import { Variables } from "../variables.ts";

export function compileParallel(state: ParallelState, surroundings: StateSurroundings): StateRun {
  const { language, next } = surroundings;
  const inputPath = language.input(state);
  const argument = language.argument(state);
  const complete = language.complete(state, true);
  const branches = state.Branches.map((branch) => surroundings.compileGraph(branch));
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    const scope = new StateScope(execution, thread, input);
    evaluateFields(execution, thread, [argument], scope, ([branchInput = input]) => {
      execution.record(thread, "ParallelStateStarted");
      thread.region = new ParallelRegion(execution, thread, branches, branchInput, complete, next);
    });
  };
}

class ParallelRegion implements Region {
  readonly #owner: Thread;
  readonly #complete: Complete;
  readonly #next: CompiledState | undefined;
  readonly #running: Set<Thread>;
  #failed: Thread | undefined = undefined;
  /** The last event inside when everything had succeeded. */
  #succeededAfter = 0;
  readonly #outputs: JsonValue[];

  constructor(
    execution: ExecutionOps,
    owner: Thread,
    branches: readonly CompiledState[],
    input: JsonValue,
    complete: Complete,
    next: CompiledState | undefined,
  ) {
    this.#owner = owner;
    this.#complete = complete;
    this.#next = next;
    this.#outputs = Array.from(branches, () => null);
    const { item, lastEventId, place, state, variables } = owner;
    this.#running = new Set(
      branches.map((startAt, branch) => {
        const step = place.within({ parallel: state.name, branch });
        return new Thread(this, branch, step, new Variables(variables), item, startAt, input, lastEventId);
      }),
    );
    for (const child of this.#running) execution.begin(child);
  }

  childSucceeded(execution: ExecutionOps, child: Thread, output: JsonValue): void {
    this.#outputs[child.index] = output;
    this.#running.delete(child);
    // Both ParallelStateSucceeded and ParallelStateExited follow the last event that a branch wrote (recorded).
    if (this.#running.size === 0) this.#succeed(execution, child.lastEventId);
  }

  #succeed(execution: ExecutionOps, previousEventId: number): void {
    const owner = this.#owner;
    this.#succeededAfter = previousEventId;
    owner.region = undefined;
    owner.stopped = this;
    owner.lastEventId = previousEventId;
    execution.recordAfter(previousEventId, owner, "ParallelStateSucceeded");
    this.#complete(execution, owner, this.#outputs, this.#next);
  }

  childFailed(execution: ExecutionOps, child: Thread, failure: StateFailure): void {
    this.#running.delete(child);
    recordFailedTask(execution, child);
    this.abort(execution, child.lastEventId);
    this.#failed = child;
    const owner = this.#owner;
    owner.region = undefined;
    owner.stopped = this;
    owner.lastEventId = child.lastEventId;
    execution.fail(owner, failure);
  }

  redrive(execution: ExecutionOps): void {
    if (this.#failed !== undefined) this.#running.add(this.#failed);
    this.#failed = undefined;
    if (this.#running.size === 0) return this.#succeed(execution, this.#succeededAfter);
    for (const child of byIndex(this.#running)) execution.resume(child);
  }

  abort(execution: ExecutionOps, causeEventId: number): void {
    for (const child of this.#running) execution.abort(child, causeEventId);
  }
}
