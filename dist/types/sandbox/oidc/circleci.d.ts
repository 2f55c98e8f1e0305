/** Jobs of CircleCI, whose command requests tokens (`circleci run oidc get --claims '{"aud":"sigstore"}' --root-issuer`). */
import { type JobProvider } from './job-provider.ts';
/** The claims of a push to main. */
export declare const exampleCircleciJob: {
    readonly "oidc.circleci.com/project-id": "01900000-0000-4000-8000-00000000a002";
    readonly "oidc.circleci.com/org-id": "01900000-0000-4000-8000-00000000a001";
    readonly "oidc.circleci.com/pipeline-id": '01900000-0000-4000-8000-00000000a003';
    readonly "oidc.circleci.com/pipeline-definition-id": '01900000-0000-4000-8000-00000000a004';
    readonly "oidc.circleci.com/workflow-id": '01900000-0000-4000-8000-00000000a005';
    readonly "oidc.circleci.com/job-id": '01900000-0000-4000-8000-00000000a006';
    readonly "oidc.circleci.com/context-ids": readonly ['01900000-0000-4000-8000-00000000a007'];
    readonly "oidc.circleci.com/ssh-rerun": false;
    readonly "oidc.circleci.com/vcs-origin": 'github.com/example-org/example-repo';
    readonly "oidc.circleci.com/vcs-ref": 'refs/heads/main';
};
export declare const circleci: JobProvider;
