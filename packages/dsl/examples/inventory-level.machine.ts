/** Two checks of a product's stock at the same time, on an item as DynamoDB's stream has it. */
import {
  dynamodb,
  eventBridge,
  machine,
  numericEquals,
  numericLessThanEquals,
  plain,
  sns,
  States,
} from "../src/index.ts";

interface Item {
  id: { S: string };
  stock: { N: string };
  threshold: { N: string };
  minPOAmount: { N: string };
}

export default machine("CheckInventoryLevel", { input: plain<Item>(), comment: "Check Inventory Levels" })
  .pass("Format parameters", {
    parameters: (s) => ({
      productId: s.input.id.S,
      stockNumeric: States.StringToJson<number>(s.input.stock.N),
      thresholdNumeric: States.StringToJson<number>(s.input.threshold.N),
      minPOAmountNumeric: States.StringToJson<number>(s.input.minPOAmount.N),
    }),
  })
  .parallel("Check Stock Levels", [
    (branch) =>
      branch
        .choice("Check if Stock Level is below the threshold", (choose) =>
          choose.when(
            (s) => numericLessThanEquals(s.input.stockNumeric, s.input.thresholdNumeric),
            (flow) =>
              flow
                .task("Send create-purchase-order event", eventBridge.putEvents, {
                  parameters: (s) => ({
                    Entries: [
                      {
                        Detail: {
                          productId: s.input.productId,
                          minPOAmount: s.input.minPOAmountNumeric,
                          quantityRequested: 0,
                        },
                        DetailType: "create-purchase-order",
                        EventBusName: "${InventoryEventBusName}",
                        Source: "com.inventory",
                      },
                    ],
                  }),
                  resultPath: "$.sendEventResult",
                })
                .task("Alert stock is below threshold", sns.publish, {
                  parameters: (s) => ({
                    TopicArn: "${InventoryManagementTopicArn}",
                    Subject: "Inventory level is below threshold",
                    Message: {
                      message: States.Format(
                        "Stock for product id {} is {} which is below the threshold of {}. A create-purchase-order event has been sent.",
                        s.input.productId,
                        s.input.stockNumeric,
                        s.input.thresholdNumeric,
                      ),
                    },
                  }),
                })
                .end(),
          ),
        )
        .pass("Pass not below threshold", { comment: "Nothing to do" }),
    (branch) =>
      branch
        .choice("Check if Stock Level is zero", (choose) =>
          choose.when(
            (s) => numericEquals(s.input.stockNumeric, 0),
            (flow) =>
              flow
                .task("Update product to OUT OF STOCK", dynamodb.updateItem, {
                  parameters: (s) => ({
                    TableName: "${InventoryTableName}",
                    Key: { id: { S: s.input.productId } },
                    UpdateExpression: "SET #status = :status",
                    ExpressionAttributeNames: { "#status": "status" },
                    ExpressionAttributeValues: { ":status": { S: "OUT OF STOCK" } },
                  }),
                  resultPath: "$.updateResult",
                })
                .task("Alert stock is zero", sns.publish, {
                  parameters: (s) => ({
                    TopicArn: "${InventoryManagementTopicArn}",
                    Subject: "Inventory level is zero",
                    Message: {
                      message: States.Format(
                        'Stock for product id {} is 0. The product status has been updated to "OUT OF STOCK".',
                        s.input.productId,
                      ),
                    },
                  }),
                })
                .end(),
          ),
        )
        .pass("Pass not zero", { comment: "Nothing to do" }),
  ]);
