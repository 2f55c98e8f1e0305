/** Formats a watch as OpenMetrics 1.0. */

import type { LogReport } from '../monitor/audit/index.ts';
import type { WatchFinding, WatchReport } from '../monitor/watch/index.ts';
import { shownText } from './shorten.ts';
import { isComplete } from './watch-report.ts';

const maxLabelLength = 300;
/** Each log and each rule is a time series of its own in the database. */
const maxSeries = 200;

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly unit?: 'seconds';
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Returns the exposition.
 *
 * @param earlierSuccess the time of the last complete run before this one, which is stated again if this run is incomplete
 */
export function watchMetrics(report: WatchReport, earlierSuccess?: Date): string {
  const lines = families(report, earlierSuccess).flatMap(({ name, type, unit, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...distinct(
      samples.map(({ labels = {}, value }) => [
        `${name}${type === 'counter' ? '_total' : ''}${labelText(labels)}`,
        value,
      ]),
    ),
  ]);
  return `${lines.join('\n')}\n# EOF\n`;
}

function families(report: WatchReport, earlierSuccess: Date | undefined): readonly Family[] {
  const logs = report.audit.logs.slice(0, maxSeries);
  const of = (value: (log: LogReport) => number | undefined): readonly Sample[] =>
    logs.flatMap((log) => {
      const number = value(log);
      const labels = { origin: log.origin ?? '', url: log.log.baseUrl };
      return number === undefined ? [] : [{ labels, value: number }];
    });
  const complete = isComplete(report);
  const success = complete ? report.at : earlierSuccess;
  return [
    {
      name: 'countersign_log_size',
      type: 'gauge',
      help: 'Entries in the tree that the log served.',
      samples: of(({ head }) => head?.size),
    },
    {
      name: 'countersign_log_first_entry',
      type: 'gauge',
      help: 'Index of the first entry that is read.',
      samples: of(({ coverage }) => coverage?.from),
    },
    {
      name: 'countersign_log_verified_size',
      type: 'gauge',
      help: 'Index after the last entry that was proven and checked.',
      samples: of(({ coverage }) => coverage?.to),
    },
    {
      name: 'countersign_log_checkpoint_age_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'Age of the checkpoint, for logs that state its time.',
      samples: of(({ head }) => (head?.time === undefined ? undefined : seconds(report.at) - seconds(head.time))),
    },
    {
      name: 'countersign_entries_verified',
      type: 'counter',
      help: 'Entries that were proven and checked since the baseline.',
      samples: of(({ coverage }) => coverage && coverage.to - coverage.from),
    },
    {
      name: 'countersign_findings',
      type: 'gauge',
      help: 'Open findings that are not acknowledged.',
      samples: findingSamples(report.open),
    },
    {
      name: 'countersign_findings_acknowledged',
      type: 'gauge',
      help: 'Acknowledged findings.',
      samples: [{ value: report.acknowledged.length }],
    },
    {
      name: 'countersign_matched_entries',
      type: 'gauge',
      help: 'Entries of the last run that concern the policy.',
      samples: [{ value: report.matched }],
    },
    {
      name: 'countersign_pending_entries',
      type: 'gauge',
      help: 'Entries that cannot be decided yet.',
      samples: [{ value: report.pending }],
    },
    {
      name: 'countersign_watch_complete',
      type: 'gauge',
      help: '1 if the last run checked everything that the policy names.',
      samples: [{ value: complete ? 1 : 0 }],
    },
    {
      name: 'countersign_last_run_timestamp_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'Time of the last run.',
      samples: [{ value: seconds(report.at) }],
    },
    {
      name: lastSuccessName,
      type: 'gauge',
      unit: 'seconds',
      help: 'Time of the last complete run. 0 if none is known.',
      samples: [{ value: success === undefined ? 0 : seconds(success) }],
    },
    {
      name: 'countersign_test',
      type: 'gauge',
      help: '1 for the report of --test-delivery.',
      samples: [{ value: report.isTest ? 1 : 0 }],
    },
  ];
}

const lastSuccessName = 'countersign_last_success_timestamp_seconds';

/** Returns the time of the last complete run that an exposition states; `undefined` if it states none. The text is untrusted. */
export function lastSuccess(exposition: string): Date | undefined {
  const [, text] = new RegExp(`^${lastSuccessName} (\\d{1,11}(?:\\.\\d{1,3})?)$`, 'm').exec(exposition) ?? [];
  return text === undefined || Number(text) === 0 ? undefined : new Date(Number(text) * 1000);
}

function findingSamples(open: readonly WatchFinding[]): readonly Sample[] {
  const counts = new Map<string, { readonly labels: Readonly<Record<string, string>>; value: number }>();
  for (const { rule, severity } of open) {
    const labels = { rule: rule.id, severity };
    const key = `${rule.id} ${severity}`;
    const sample = counts.get(key) ?? { labels, value: 0 };
    counts.set(key, { labels, value: sample.value + 1 });
  }
  return [...counts.values()].slice(0, maxSeries);
}

/** A series that occurs twice makes the whole exposition invalid. */
function distinct(samples: readonly (readonly [series: string, value: number])[]): readonly string[] {
  return [...new Map(samples)].map(([series, value]) => `${series} ${value}`);
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(shownText(value, maxLabelLength))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}
