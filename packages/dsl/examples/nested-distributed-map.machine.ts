/** Every object of a bucket, in batches of ten batches of ten, each object read, changed and published. */
import { machine, plain, s3, s3Object, sns } from "../src/index.ts";

export default machine("NestedDistributedMap", { input: plain<object>() })
  .distributedMap(
    "S3 Distributed Map State Machine",
    {
      itemReader: {
        resource: "arn:aws:states:::s3:listObjectsV2",
        item: s3Object,
        parameters: () => ({ Bucket: "bucket" }),
      },
      itemBatcher: { maxItemsPerBatch: 10 },
      maxConcurrency: 1000,
      toleratedFailurePercentage: 100,
      asl: { OutputPath: null },
      catch: (errors) => errors.on(["States.ItemReaderFailed"], {}, (flow) => flow),
    },
    (batch) =>
      batch.distributedMap(
        "ProcessObjects",
        {
          items: (s) => s.input.Items,
          itemBatcher: { maxItemsPerBatch: 10 },
          maxConcurrency: 1000,
          toleratedFailurePercentage: 100,
          resultPath: null,
          asl: { OutputPath: null },
          catch: (errors) => errors.on(["States.ItemReaderFailed"], {}, (flow) => flow.fail("FailItem")),
        },
        (items) =>
          items.map("ProcessItems", { items: (s) => s.input.Items }, (item) =>
            item
              .task("GetObjectFromBucket", s3.getObject, {
                parameters: (s) => ({ Bucket: "bucket", Key: s.input.Key }),
              })
              .pass("TransformItem", {
                // The braces of the literal have no backslashes, as AWS takes them: as ASL.
                asl: {
                  Parameters: {
                    "output.$":
                      'States.JsonMerge(States.StringToJson($.Body), States.StringToJson(\'{"NewField": "MyValue" }\'), false)',
                  },
                  OutputPath: "$.output",
                },
              })
              .task("PublishItem", sns.publish, {
                parameters: (s) => ({ TopicArn: "topic", Message: s.input }),
                resultPath: null,
              }),
          ),
      ),
  )
  .pass("Fail")
  .pass("End");
