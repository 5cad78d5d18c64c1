/** What the states of a JSONata machine can be told, each field of ASL under its own name. See `jsonata-flow.ts`. */
import type { ItemContext } from "./context.ts";
import type { InvokeOptions } from "./lambda-invoke.ts";
import type { DistributedMapParts, ItemReaderOptions } from "./distributed-map.ts";
import type { Expression } from "./expression.ts";
import type { Assignable, FittingTemplate, TemplateIn } from "./fit.ts";
import type { InputErrorScope, InputResultScope, InputScope } from "./scope.ts";
import type { MapLimits, StateOptions, TaskLimits, WaitUntil } from "./state-options.ts";

/** Of a state without work, and of a rule of a Choice. */
export interface JsonataInputOptions<Data, Variables, Produced, Assigned, Outer extends string> extends StateOptions {
  /** What goes on in place of the state's input. */
  readonly output?: (scope: InputScope<Data, Variables>) => TemplateIn<Produced, "JSONata">;
  /** Variables for the states that follow. */
  readonly assign?: (scope: InputScope<Data, Variables>) => Assignable<Assigned, Outer, "JSONata">;
}

export interface JsonataCatcherOptions<Data, Variables, Produced, Assigned, Outer extends string> extends StateOptions {
  /** What goes on in place of the error output. */
  readonly output?: (scope: InputErrorScope<Data, Variables>) => TemplateIn<Produced, "JSONata">;
  readonly assign?: (scope: InputErrorScope<Data, Variables>) => Assignable<Assigned, Outer, "JSONata">;
}

export interface JsonataResultOptions<
  Data,
  Variables,
  Result,
  Produced,
  Assigned,
  Outer extends string,
> extends StateOptions {
  /** What goes on in place of the result. */
  readonly output?: (scope: InputResultScope<Data, Result, Variables>) => TemplateIn<Produced, "JSONata">;
  /** Variables for the states that follow. */
  readonly assign?: (scope: InputResultScope<Data, Result, Variables>) => Assignable<Assigned, Outer, "JSONata">;
}

export interface JsonataTaskOptions<
  Data,
  Variables,
  Input,
  Output,
  Arguments,
  Produced,
  Assigned,
  Outer extends string,
  Context,
  Resource,
>
  extends
    JsonataResultOptions<Data, Variables, Output, Produced, Assigned, Outer>,
    TaskLimits<Data, Variables, "JSONata"> {
  /** An ARN in place of the contract's function: an activity, or an integration that the contract describes. */
  readonly resource?: Resource;
  /** What the task is sent, in place of the whole input. */
  readonly arguments?: (scope: InputScope<Data, Variables, Context>) => FittingTemplate<Arguments, Input, "JSONata">;
}

export interface JsonataInvokeOptions<
  Data,
  Variables,
  Input,
  Result,
  Payload,
  Produced,
  Assigned,
  Outer extends string,
  Waiting,
>
  extends
    JsonataResultOptions<Data, Variables, Result, Produced, Assigned, Outer>,
    TaskLimits<Data, Variables, "JSONata">,
    InvokeOptions<Data, Variables, Input, Payload, Waiting, "JSONata"> {}

type JsonataItems<Item> = Expression<readonly Item[], "JSONata"> | readonly (Item | Expression<Item, "JSONata">)[];

export interface JsonataMapOptions<
  Data,
  Variables,
  Item,
  Result,
  ItemSelector,
  Produced,
  Assigned,
  Outer extends string,
>
  extends
    JsonataResultOptions<Data, Variables, Result, Produced, Assigned, Outer>,
    MapLimits<Data, Variables, "JSONata"> {
  /** The array to go through, computed or written out. */
  readonly items: (scope: InputScope<Data, Variables>) => JsonataItems<Item>;
  /** What each iteration is given, in place of the item. */
  readonly itemSelector?: (
    scope: InputScope<Data, Variables, ItemContext<Item>>,
  ) => TemplateIn<ItemSelector, "JSONata">;
}

export type JsonataDistributedMapOptions<
  Data,
  Variables,
  Item,
  Result,
  ItemSelector,
  BatchInput,
  Batching extends string,
  Writing extends string,
  Transformed,
  Produced,
  Assigned,
  Outer extends string,
> = JsonataResultOptions<Data, Variables, Result, Produced, Assigned, Outer> &
  DistributedMapParts<
    Data,
    Variables,
    Item,
    TemplateIn<ItemSelector, "JSONata">,
    BatchInput,
    Batching,
    Writing,
    Transformed,
    "JSONata"
  > &
  (
    | {
        /** The array to go through, computed or written out. */
        readonly items: (scope: InputScope<Data, Variables>) => JsonataItems<Item>;
        readonly itemReader?: never;
      }
    | {
        /** The object in S3 that holds the items, or the objects that are the items. */
        readonly itemReader: ItemReaderOptions<Item, Data, Variables, "JSONata">;
        readonly items?: never;
      }
  );

export interface JsonataBranchInput<Data, Variables, Arguments> {
  /** What every branch is given. Behind the branches, as `parallel` takes it, their types do not see what it reads. */
  readonly arguments: (scope: InputScope<Data, Variables>) => TemplateIn<Arguments, "JSONata">;
}

export type JsonataWaitOptions<Data, Variables, Produced, Assigned, Outer extends string> = JsonataInputOptions<
  Data,
  Variables,
  Produced,
  Assigned,
  Outer
> &
  WaitUntil<Data, Variables, "JSONata">;

export interface JsonataSucceedOptions<Data, Variables, Produced> extends StateOptions {
  readonly output?: (scope: InputScope<Data, Variables>) => TemplateIn<Produced, "JSONata">;
}
