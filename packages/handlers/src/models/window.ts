/**
 * What a feature may look back on: the rows of one partition in the days before a row, in a query's WINDOW clause.
 *
 * Rows of the same moment are left out, too: which of two came first nobody knew.
 */
export function daysBefore(partition: string, moment: string, days: number): string {
  return `(PARTITION BY ${partition} ORDER BY ${moment} RANGE BETWEEN INTERVAL ${days} DAY PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING)`;
}
