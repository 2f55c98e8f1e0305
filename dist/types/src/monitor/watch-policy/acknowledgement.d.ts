/** Acknowledgements of findings, which end. */
import type { Acknowledgement, RuleId, WatchedRepository, WatchPolicy } from './watch-policy.ts';
/** A finding as acknowledgements see it. */
export interface AcknowledgeableFinding {
    readonly id: string;
    readonly rule: {
        readonly id: RuleId;
    };
    /** The repository of the policy that it is about, if any. */
    readonly repository: WatchedRepository | undefined;
}
type Acknowledgements = Pick<WatchPolicy, 'acknowledgements'>;
/**
 * Returns the acknowledgement of a finding that applies at a time. Of several, the one that applies longest.
 *
 * @returns undefined if none applies: an expired one does not
 */
export declare function acknowledgementOf(finding: AcknowledgeableFinding, { acknowledgements }: Acknowledgements, now: Date): Acknowledgement | undefined;
/** Returns the acknowledgements that no longer apply. */
export declare function expiredAcknowledgements({ acknowledgements }: Acknowledgements, now: Date): readonly Acknowledgement[];
export {};
