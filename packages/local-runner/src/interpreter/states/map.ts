/**
 * The inline Map: iterations started up to the limit, each freed slot taken by the next item.
 * An iteration costs one thread while it runs and its output afterwards.
 */
import { EvaluationFailure } from "@stepwright/asl";
import type { JsonValue, MapState } from "@stepwright/asl";
import type { Complete } from "../data-flow.ts";
import { effectiveInput } from "../effective-input.ts";
import { evaluateFields } from "../evaluators.ts";
import type { Evaluator } from "../evaluators.ts";
import { byIndex } from "../by-index.ts";
import { dataLimitExceeded } from "../state-failure.ts";
import { Thread } from "../thread.ts";
import type { CompiledState, ExecutionOps, Region } from "../thread.ts";
import { recordFailedTask } from "../failed-task.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { runtimeError } from "../state-failure.ts";
import type { StateFailure } from "../state-failure.ts";
import { StateScope } from "../state-scope.ts";
import { Variables } from "../variables.ts";
import { compileDistributedMap } from "./distributed-map.ts";
import { countOf, notACount, notAnArray } from "./map-fields.ts";

/** What the service runs at a time for `MaxConcurrency` 0, and at most. See "Inline mode" in the developer guide. */
const inlineConcurrency = 40;

interface MapPlan {
  readonly startAt: CompiledState;
  readonly selector: Evaluator | undefined;
  readonly complete: Complete;
  readonly next: CompiledState | undefined;
}

export function compileMap(state: MapState, surroundings: StateSurroundings): StateRun {
  const { language, name, next } = surroundings;
  const processor = state.ItemProcessor ?? state.Iterator;
  if (processor === undefined) throw new Error(`State "${name}" has no ItemProcessor; a Map needs one.`);
  if (processor.ProcessorConfig?.Mode === "DISTRIBUTED") return compileDistributedMap(state, processor, surroundings);
  const inputPath = language.input(state);
  const fields = [
    language.dynamic("Items", state.Items, state.ItemsPath, "array"),
    language.dynamic("MaxConcurrency", state.MaxConcurrency, state.MaxConcurrencyPath, "number"),
  ];
  const plan: MapPlan = {
    startAt: surroundings.compileGraph(processor),
    selector: language.template("ItemSelector", state.ItemSelector ?? state.Parameters),
    complete: language.complete(state, true),
    next,
  };
  const itemsText = state.ItemsPath ?? "$";
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    const scope = new StateScope(execution, thread, input);
    evaluateFields(execution, thread, fields, scope, ([items = input, concurrency = 0]) => {
      if (!Array.isArray(items)) {
        return execution.failEvaluation(thread, notAnArray(language.isJsonata, itemsText, items));
      }
      const maxConcurrency = countOf(concurrency);
      if (maxConcurrency === undefined) {
        return execution.failEvaluation(thread, notACount("MaxConcurrency", concurrency, state.MaxConcurrencyPath));
      }
      execution.record(thread, "MapStateStarted", undefined, { length: items.length });
      const limit = maxConcurrency === 0 ? inlineConcurrency : Math.min(maxConcurrency, inlineConcurrency);
      const region = new MapRegion(thread, plan, input, items, limit);
      thread.region = region;
      region.begin(execution);
    });
  };
}

class MapRegion implements Region {
  readonly #owner: Thread;
  readonly #plan: MapPlan;
  readonly #input: JsonValue;
  readonly #items: readonly JsonValue[];
  readonly #limit: number;
  readonly #startedEventId: number;
  readonly #running = new Set<Thread>();
  #failed: Thread | undefined = undefined;
  /** The last event inside when everything had succeeded. */
  #succeededAfter = 0;
  readonly #outputs: JsonValue[];
  #nextIndex = 0;
  #succeeded = 0;

  constructor(owner: Thread, plan: MapPlan, input: JsonValue, items: readonly JsonValue[], limit: number) {
    this.#owner = owner;
    this.#plan = plan;
    this.#input = input;
    this.#items = items;
    this.#limit = limit;
    this.#startedEventId = owner.lastEventId;
    this.#outputs = Array.from(items, () => null);
  }

  begin(execution: ExecutionOps): void {
    if (this.#items.length === 0) return this.#succeed(execution, this.#startedEventId);
    this.#fill(execution);
  }

  /** Starts iterations up to the limit. An ItemSelector can end the Map before all of them have begun. */
  #fill(execution: ExecutionOps): void {
    while (
      this.#running.size < this.#limit &&
      this.#nextIndex < this.#items.length &&
      this.#owner.region === this &&
      execution.outcome === undefined
    ) {
      this.#start(execution, this.#startedEventId);
    }
  }

  #start(execution: ExecutionOps, previousEventId: number): void {
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    const { place, state, variables } = this.#owner;
    const value = this.#items[index]!;
    const step = place.within({ map: state.name, index });
    const { selector, startAt } = this.#plan;
    const child = new Thread(this, index, step, new Variables(variables), { index, value }, startAt, value, 0);
    child.lastEventId = execution.append(previousEventId, "MapIterationStarted", step, state.name, 0);
    this.#running.add(child);
    if (selector === undefined) return execution.begin(child);
    this.#select(execution, child, selector);
  }

  /** The iteration's input, by the Map's ItemSelector. */
  #select(execution: ExecutionOps, child: Thread, selector: Evaluator): void {
    const scope = new StateScope(execution, this.#owner, this.#input, undefined, { item: child.item! });
    const goOn = (selected: JsonValue): void => {
      const { name } = this.#owner.state;
      if (execution.measure(selected, name) > execution.settings.maxPayloadBytes) {
        return execution.fail(this.#owner, { ...dataLimitExceeded(name), fatal: true });
      }
      child.input = selected;
      execution.begin(child);
    };
    const onFailure = (failure: EvaluationFailure): void => this.#failSelection(execution, failure);
    const selected = selector.evaluate(scope);
    if (selected === undefined) execution.evaluateLater(child, selector.deferred!, scope, goOn, onFailure);
    else if (selected instanceof EvaluationFailure) onFailure(selected);
    else goOn(selected);
  }

  /** A failed ItemSelector is the Map's own failure, not that of an iteration. */
  #failSelection(execution: ExecutionOps, failure: EvaluationFailure): void {
    const owner = this.#owner;
    if (failure.error !== runtimeError) this.abort(execution, owner.lastEventId);
    owner.region = undefined;
    owner.stopped = this;
    execution.failEvaluation(owner, failure);
  }

  childSucceeded(execution: ExecutionOps, child: Thread, output: JsonValue): void {
    this.#outputs[child.index] = output;
    this.#running.delete(child);
    this.#succeeded += 1;
    const { state } = this.#owner;
    const succeededId = execution.append(child.lastEventId, "MapIterationSucceeded", child.place, state.name, 0);
    // The next iteration follows the inner event that freed the slot, not MapIterationSucceeded (recorded).
    if (this.#nextIndex < this.#items.length) this.#start(execution, child.lastEventId);
    else if (this.#succeeded === this.#items.length) this.#succeed(execution, succeededId);
  }

  #succeed(execution: ExecutionOps, previousEventId: number): void {
    const owner = this.#owner;
    this.#succeededAfter = previousEventId;
    owner.region = undefined;
    owner.stopped = this;
    owner.lastEventId = previousEventId;
    execution.recordAfter(previousEventId, owner, "MapStateSucceeded");
    this.#plan.complete(execution, owner, this.#outputs, this.#plan.next);
  }

  childFailed(execution: ExecutionOps, child: Thread, failure: StateFailure): void {
    this.#running.delete(child);
    const owner = this.#owner;
    execution.append(child.lastEventId, "MapIterationFailed", child.place, owner.state.name, 0);
    recordFailedTask(execution, child);
    this.abort(execution, child.lastEventId);
    this.#failed = child;
    owner.region = undefined;
    owner.stopped = this;
    owner.lastEventId = child.lastEventId;
    execution.fail(owner, failure);
  }

  redrive(execution: ExecutionOps): void {
    if (this.#failed !== undefined) this.#running.add(this.#failed);
    this.#failed = undefined;
    if (this.#succeeded === this.#items.length) return this.#succeed(execution, this.#succeededAfter);
    for (const child of byIndex(this.#running)) {
      // One that was never in a state may have no input yet.
      if (child.enteredEventId === 0 && this.#plan.selector !== undefined) {
        this.#select(execution, child, this.#plan.selector);
      } else {
        execution.resume(child);
      }
    }
    this.#fill(execution);
  }

  abort(execution: ExecutionOps, causeEventId: number): void {
    for (const child of this.#running) {
      execution.append(causeEventId, "MapIterationAborted", child.place, this.#owner.state.name, 0);
      execution.abort(child, causeEventId);
    }
  }
}
