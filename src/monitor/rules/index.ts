/** The rules of the watch. */

export type {
  CommitRelation,
  Fact,
  FactName,
  Facts,
  GitHubRepository,
  History,
  HistoryKind,
  Observation,
  RememberedValue,
  Rule,
  RuleContext,
  Verdict,
  WatchedAs,
  WatchedEntry,
  WatchedSigner,
  WorkflowJob,
  WorkflowRun,
} from './rule.ts';
