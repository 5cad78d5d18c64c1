/**
 * What each field of a state makes of its input: `inspectionData`. Evaluated beside the run itself, with the same
 * seed, so that the interpreter need not remember what nobody asks for. Which fields are shown for which type of
 * state follows recordings.
 */
import { EvaluationFailure, isJsonObject, printJson, writeAtPath } from "@stepwright/asl";
import type { Evaluated, JsonObject, JsonValue, MapState, State, StateType } from "@stepwright/asl";
import { compilePathField } from "../interpreter/evaluators.ts";
import type { Evaluator } from "../interpreter/evaluators.ts";
import type { ExecutionOps, MapItem, Thread } from "../interpreter/thread.ts";
import { ItemBatch } from "../interpreter/item-batch.ts";
import { languageOf } from "../interpreter/language.ts";
import type { DataFields, Language } from "../interpreter/language.ts";
import { StateScope } from "../interpreter/state-scope.ts";
import { countOf, notACount, notAnArray } from "../interpreter/states/map-fields.ts";
import { DatasetError } from "../map-run/dataset-error.ts";
import { pointedAt } from "../map-run/read-json.ts";
import type { InspectionData } from "./test-state-request.ts";

export interface Inspection {
  readonly data: InspectionData;
  /** Of a field before the work. */
  readonly failure: EvaluationFailure | undefined;
  /** Of a Map: how many iterations there would be. */
  readonly iterations: number | undefined;
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

export interface InspectedRun {
  readonly execution: ExecutionOps;
  readonly thread: Thread;
  readonly input: JsonValue;
  /** Of the work: mocked or a task's; `undefined` when it failed or has not been done. */
  readonly result: JsonValue | undefined;
  /** In the place of what an ItemReader would read. */
  readonly itemReaderData: JsonValue | undefined;
}

export async function inspectState(state: State, run: InspectedRun): Promise<Inspection> {
  const language = languageOf(state, "JSONPath");
  const inspector = new Inspector(state, language, run);
  const failure = await (language.isJsonata ? jsonataSteps : jsonPathSteps)[state.Type](inspector);
  return { data: inspector.data, failure, iterations: inspector.iterations };
}

type Steps = Readonly<Record<StateType, (inspector: Inspector) => Promise<EvaluationFailure | undefined>>>;

const onlyInputPath = async (inspector: Inspector) => inspector.inputPath();
const nothing = async () => undefined;

const jsonPathSteps: Steps = {
  async Pass(inspector) {
    const { fields } = inspector;
    if (fields.Result !== undefined) {
      inspector.data.result = printJson(fields.Result);
      return inspector.placeResult(fields.Result);
    }
    return (
      (await inspector.inputPath()) ??
      (await inspector.parameters()) ??
      (await inspector.placeResult(inspector.effective))
    );
  },
  async Task(inspector) {
    const failure = (await inspector.inputPath()) ?? (await inspector.parameters());
    if (failure !== undefined) return failure;
    inspector.showResult();
    return inspector.workResult();
  },
  Parallel: async (inspector) => inspector.workResult(),
  Map: async (inspector) =>
    (await inspector.inputPath()) ??
    (await inspector.items()) ??
    (await inspector.limits()) ??
    (await inspector.workResult()),
  Choice: onlyInputPath,
  Wait: onlyInputPath,
  Succeed: onlyInputPath,
  Fail: onlyInputPath,
};

const jsonataSteps: Steps = {
  Pass: nothing,
  async Task(inspector) {
    const failure = await inspector.arguments();
    if (failure === undefined) inspector.showResult();
    return failure;
  },
  Parallel: nothing,
  Map: async (inspector) => (await inspector.items()) ?? (await inspector.limits()),
  Choice: nothing,
  Wait: nothing,
  Succeed: nothing,
  Fail: nothing,
};

type AnyFields = DataFields & { readonly Result?: JsonValue };

class Inspector {
  readonly data: Writable<InspectionData> = {};
  iterations: number | undefined = undefined;
  /** What the next field starts from. */
  effective: JsonValue;
  readonly fields: AnyFields;
  readonly #state: State;
  readonly #language: Language;
  readonly #run: InspectedRun;

  constructor(state: State, language: Language, run: InspectedRun) {
    this.#state = state;
    this.fields = state as AnyFields;
    this.#language = language;
    this.#run = run;
    this.effective = run.input;
  }

  async inputPath(): Promise<EvaluationFailure | undefined> {
    return this.#show("afterInputPath", this.#language.input(this.fields));
  }

  async parameters(): Promise<EvaluationFailure | undefined> {
    return this.#show("afterParameters", this.#language.argument(this.fields));
  }

  async arguments(): Promise<EvaluationFailure | undefined> {
    const argument = this.#language.argument(this.fields);
    return argument === undefined ? undefined : this.#show("afterArguments", argument);
  }

  showResult(): void {
    if (this.#run.result !== undefined) this.data.result = printJson(this.#run.result);
  }

  async workResult(): Promise<EvaluationFailure | undefined> {
    const { result } = this.#run;
    return result === undefined ? undefined : this.placeResult(result);
  }

  async placeResult(result: JsonValue): Promise<EvaluationFailure | undefined> {
    const { ResultPath: path = "$", ResultSelector: selector } = this.fields;
    const selected = await this.#evaluate(this.#language.template("ResultSelector", selector), result);
    // The run tells of this failure.
    if (selected instanceof EvaluationFailure) return undefined;
    this.data.afterResultSelector = printJson(selected);
    const placed = placedAt(path, this.#run.input, selected);
    if (!(placed instanceof EvaluationFailure)) this.data.afterResultPath = printJson(placed);
    return undefined;
  }

  async items(): Promise<EvaluationFailure | undefined> {
    const state = this.#state as MapState;
    const { itemReaderData } = this.#run;
    const isRead = state.ItemReader !== undefined;
    if (isRead && itemReaderData === undefined) return undefined;
    const field = isRead ? undefined : this.#language.dynamic("Items", state.Items, state.ItemsPath);
    const items = isRead ? this.#pointedAt(itemReaderData!) : await this.#evaluate(field, this.effective);
    if (items instanceof EvaluationFailure) return items;
    const mayBeObject = (state.ItemProcessor ?? state.Iterator)?.ProcessorConfig?.Mode === "DISTRIBUTED";
    if (!Array.isArray(items) && !(mayBeObject && isJsonObject(items) && this.#language.isJsonata)) {
      return notAnArray(this.#language.isJsonata, state.ItemsPath ?? "$", items);
    }
    this.iterations = Object.keys(items as JsonObject).length;
    if (!isRead && !this.#language.isJsonata) this.data.afterItemsPath = printJson(items);
    const selected = await this.#selectItems(Object.values(items as JsonObject));
    return selected instanceof EvaluationFailure ? selected : this.#batchItems(selected);
  }

  /** What `ItemsPointer` leads to. */
  #pointedAt(data: JsonValue): Evaluated {
    const pointer = (this.#state as MapState).ItemReader?.ReaderConfig?.ItemsPointer;
    if (pointer === undefined) return data;
    try {
      const items = pointedAt(data, pointer);
      this.data.afterItemsPointer = printJson(items);
      return items;
    } catch (reason) {
      if (!(reason instanceof DatasetError)) throw reason;
      return new EvaluationFailure("States.ItemReaderFailed", reason.message);
    }
  }

  async #selectItems(items: readonly JsonValue[]): Promise<readonly JsonValue[] | EvaluationFailure> {
    const state = this.#state as MapState;
    const selector = this.#language.template("ItemSelector", state.ItemSelector ?? state.Parameters);
    if (selector === undefined) return items;
    const selected: JsonValue[] = [];
    for (const [index, value] of items.entries()) {
      const input = await this.#evaluate(selector, this.effective, { index, value });
      if (input instanceof EvaluationFailure) return input;
      selected.push(input);
    }
    this.data.afterItemSelector = printJson(selected);
    return selected;
  }

  async #batchItems(items: readonly JsonValue[]): Promise<EvaluationFailure | undefined> {
    const { ItemBatcher: batcher } = this.#state as MapState;
    if (batcher === undefined) return undefined;
    const language = this.#language;
    const maxItems = await this.#count("MaxItemsPerBatch", batcher.MaxItemsPerBatch, batcher.MaxItemsPerBatchPath);
    if (maxItems instanceof EvaluationFailure) return maxItems;
    const maxBytes = await this.#count(
      "MaxInputBytesPerBatch",
      batcher.MaxInputBytesPerBatch,
      batcher.MaxInputBytesPerBatchPath,
    );
    if (maxBytes instanceof EvaluationFailure) return maxBytes;
    const input = language.template("ItemBatcher/BatchInput", batcher.BatchInput);
    const batchInput = input === undefined ? undefined : await this.#evaluate(input, this.effective);
    if (batchInput instanceof EvaluationFailure) return batchInput;
    const batch = new ItemBatch({ maxItemsPerBatch: maxItems, maxBytesPerBatch: maxBytes, batchInput });
    const batches: JsonObject[] = [];
    for (const item of items) {
      if (!batch.add(item)) {
        batches.push(batch.take());
        batch.add(item);
      }
      if (batch.isFull) batches.push(batch.take());
    }
    if (batch.size > 0) batches.push(batch.take());
    this.data.afterItemBatcher = printJson(batches);
    return undefined;
  }

  /** @returns `undefined` when there is no such field */
  async #count(
    field: string,
    value: JsonValue | undefined,
    path: string | undefined,
  ): Promise<number | EvaluationFailure | undefined> {
    const evaluator = this.#language.dynamic(field, value, path);
    if (evaluator === undefined) return undefined;
    const found = await this.#evaluate(evaluator, this.effective);
    return found instanceof EvaluationFailure ? found : (countOf(found) ?? notACount(field, found, path));
  }

  async limits(): Promise<EvaluationFailure | undefined> {
    const state = this.#state as MapState;
    const fields = [
      ["maxConcurrency", "MaxConcurrency", state.MaxConcurrency ?? 0, state.MaxConcurrencyPath],
      ["toleratedFailureCount", "ToleratedFailureCount", state.ToleratedFailureCount, state.ToleratedFailureCountPath],
      [
        "toleratedFailurePercentage",
        "ToleratedFailurePercentage",
        state.ToleratedFailurePercentage,
        state.ToleratedFailurePercentagePath,
      ],
    ] as const;
    for (const [member, field, value, path] of fields) {
      const evaluator = this.#language.dynamic(field, value, path);
      if (evaluator === undefined) continue;
      const found = await this.#evaluate(evaluator, this.effective);
      if (found instanceof EvaluationFailure) return found;
      const count = member === "toleratedFailurePercentage" && typeof found === "number" ? found : countOf(found);
      if (count === undefined) return notACount(field, found, path);
      this.data[member] = count;
    }
    return undefined;
  }

  async #show(
    member: "afterInputPath" | "afterParameters" | "afterArguments",
    evaluator: Evaluator | undefined,
  ): Promise<EvaluationFailure | undefined> {
    const value = await this.#evaluate(evaluator, this.effective);
    if (value instanceof EvaluationFailure) return value;
    this.effective = value;
    this.data[member] = printJson(value);
    return undefined;
  }

  /** @returns the input when there is no such field */
  async #evaluate(evaluator: Evaluator | undefined, input: JsonValue, item?: MapItem): Promise<Evaluated> {
    if (evaluator === undefined) return input;
    const { execution, thread } = this.#run;
    const scope = new StateScope(execution, thread, input, undefined, item === undefined ? undefined : { item });
    return evaluator.evaluate(scope) ?? (await evaluator.deferred!.evaluateLater(scope));
  }
}

function placedAt(path: string | null, rawInput: JsonValue, result: JsonValue): Evaluated {
  if (path === null) return rawInput;
  return path === "$" ? result : writeAtPath(compilePathField(path).path, rawInput, result);
}
