/**
 * DynamoDB's four item actions; anything else goes through `awsSdk("dynamodb")`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html
 */
import { integration } from "../integration.ts";

/** One typed value. Numbers travel as text. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  /** Base64. */
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { L: AttributeValue[] }
  | { M: Attributes };

export interface Attributes {
  [name: string]: AttributeValue;
}

interface Conditional {
  ConditionExpression?: string;
  ExpressionAttributeNames?: { [placeholder: string]: string };
  ExpressionAttributeValues?: Attributes;
  ReturnValues?: string;
}

export interface GetItem {
  TableName: string;
  Key: Attributes;
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: { [placeholder: string]: string };
}

export interface PutItem extends Conditional {
  TableName: string;
  Item: Attributes;
}

export interface UpdateItem extends Conditional {
  TableName: string;
  Key: Attributes;
  UpdateExpression?: string;
}

export interface DeleteItem extends Conditional {
  TableName: string;
  Key: Attributes;
}

/** `Attributes` as `ReturnValues` asked for them. */
export interface WrittenItem {
  Attributes?: Attributes;
}

export type DynamoDbErrorName = `DynamoDB.${string}Exception` | `DynamoDb.${string}Exception`;

const action = <Request, Response>() => {
  return <const Action extends string>(name: Action) =>
    integration<`dynamodb:${Action}`, Request, Response, DynamoDbErrorName>(`dynamodb:${name}`);
};

export const dynamodb = Object.freeze({
  /** `Item` is absent when the table has none. */
  getItem: action<GetItem, { Item?: Attributes }>()("getItem"),
  putItem: action<PutItem, WrittenItem>()("putItem"),
  updateItem: action<UpdateItem, WrittenItem>()("updateItem"),
  deleteItem: action<DeleteItem, WrittenItem>()("deleteItem"),
});
