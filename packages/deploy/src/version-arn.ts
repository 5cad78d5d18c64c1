/** `…:stateMachine:Name:7`: versions are numbered from 1, and no number is given twice. */

export function versionNumber(versionArn: string): number {
  return Number(versionArn.slice(versionArn.lastIndexOf(":") + 1));
}

/** `version 7` */
export function versionLabel(versionArn: string): string {
  return `version ${versionNumber(versionArn)}`;
}
