import { SourceMap, type SourceMapPayload } from "node:module";

/** What one process writes into the folder of NODE_V8_COVERAGE. */
export interface ScriptCoverages {
  readonly result: readonly ScriptCoverage[];
  readonly "source-map-cache"?: Readonly<Record<string, CachedSourceMap>>;
}

interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly FunctionCoverage[];
}

interface FunctionCoverage {
  readonly functionName: string;
  readonly isBlockCoverage: boolean;
  readonly ranges: readonly Range[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface CachedSourceMap {
  readonly lineLengths: readonly number[];
  readonly data: SourceMapPayload | null;
}

/**
 * The coverage of the scripts whose address holds the text, without what the compiler adds to each module: helpers
 * before the code, a getter for each export, a list of the exports after the code. They have branches, a third of which
 * cannot run, and no line of the source.
 */
export function sourceOnly(coverages: ScriptCoverages, text: string): ScriptCoverages {
  const maps = coverages["source-map-cache"] ?? {};
  const result = coverages.result.filter(({ url }) => url.includes(text));
  return {
    ...coverages,
    result: result.map((script) => withoutHelpers(script, maps[script.url])),
    "source-map-cache": Object.fromEntries(Object.entries(maps).filter(([url]) => url.includes(text))),
  };
}

function withoutHelpers(script: ScriptCoverage, cached: CachedSourceMap | undefined): ScriptCoverage {
  if (!cached?.data) return script;
  const mapping = mappingsOf(cached.data, cached.lineLengths);
  const last = mapping(Number.MAX_SAFE_INTEGER);
  const functions = script.functions.map((one) => ({
    ...one,
    ranges: one.ranges.filter(({ startOffset, endOffset }, index) => {
      const [start, end] = [mapping(startOffset), mapping(endOffset)];
      if (end === undefined) return false;
      return start === undefined || !(start === end && (start === last || (index === 0 && one.functionName !== "")));
    }),
  }));
  return { ...script, functions: functions.filter(({ ranges }) => ranges.length > 0) };
}

/** Tells the mapping that is in force at an offset of the compiled text: nothing before the first. */
function mappingsOf(data: SourceMapPayload, lineLengths: readonly number[]): (offset: number) => string | undefined {
  const map = new SourceMap(data);
  const starts = [0];
  for (const length of lineLengths) starts.push(starts.at(-1)! + length + 1);
  return (offset) => {
    const line = Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
    const entry = map.findEntry(line, offset - starts[line]!);
    return "generatedLine" in entry ? `${entry.generatedLine}:${entry.generatedColumn}` : undefined;
  };
}
