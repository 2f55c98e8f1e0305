/** Jobs of Forgejo Actions, which have the claims of GitHub's jobs, apart from those about reusable workflows, runners and visibility. */
import { type JobProvider } from './job-provider.ts';
/** The claims of a push to main. */
export declare const exampleForgejoJob: {
    readonly actor: 'example-user';
    readonly actor_id: '7303';
    readonly base_ref: '';
    readonly event_name: 'push';
    readonly head_ref: '';
    readonly ref: 'refs/heads/main';
    readonly ref_protected: 'false';
    readonly ref_type: 'branch';
    readonly repository: 'example-org/example-repo';
    readonly repository_id: '7301';
    readonly repository_owner: 'example-org';
    readonly repository_owner_id: '7302';
    readonly run_attempt: '1';
    readonly run_id: '8301';
    readonly run_number: '17';
    readonly sha: '0123456789abcdef0123456789abcdef01234567';
    readonly workflow: 'release.yml';
    readonly workflow_ref: 'example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main';
};
export declare const forgejo: JobProvider;
