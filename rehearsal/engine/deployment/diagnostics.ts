/** Where an operation reports what people are to read. `urn` is empty where no resource is concerned. */
export interface Diagnostics {
  error(urn: string, message: string): void;
  warning(urn: string, message: string): void;
  info(urn: string, message: string): void;
}
