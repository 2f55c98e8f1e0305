/** The forms that the value of an option can have. */
/** The form in which the value of an option is written, and so the way it is read. */
export type Form = {
    readonly type: 'text';
}
/** A path: relative to the workspace for an action, to the current folder for a command. */
 | {
    readonly type: 'path';
}
/** Several values: an input splits its text, a command takes the option several times. */
 | {
    readonly type: 'list';
    readonly separator: RegExp;
} | {
    readonly type: 'paths';
} | {
    readonly type: 'switch';
} | {
    readonly type: 'choice';
    readonly values: Readonly<Record<string, unknown>>;
}
/** A duration, read as milliseconds. */
 | {
    readonly type: 'duration';
}
/** A number from 1. */
 | {
    readonly type: 'count';
    readonly max: number;
}
/** A secret: an input holds it; a command takes the path of a file, since every user of a machine can read its command lines. */
 | {
    readonly type: 'secret';
}
/** A number of jobs, which has no default. */
 | {
    readonly type: 'job-count';
    readonly max: number;
} | {
    readonly type: 'artifact-id';
} | {
    readonly type: 'artifact-digest';
};
export declare const text: {
    readonly type: 'text';
};
export declare const path: {
    readonly type: 'path';
};
export declare const list: {
    readonly type: 'list';
    readonly separator: RegExp;
};
/** A list as actions/attest splits it. */
export declare const commaList: {
    readonly type: 'list';
    readonly separator: RegExp;
};
export declare const paths: {
    readonly type: 'paths';
};
export declare const flag: {
    readonly type: 'switch';
};
export declare const duration: {
    readonly type: 'duration';
};
export declare const secret: {
    readonly type: 'secret';
};
export declare const jobCount: {
    readonly type: 'job-count';
    readonly max: 1000;
};
export declare const artifactId: {
    readonly type: 'artifact-id';
};
export declare const artifactDigest: {
    readonly type: 'artifact-digest';
};
/** Returns the form of a value that is one of some words, with what each word means. */
export declare function choice<const Values extends Readonly<Record<string, unknown>>>(values: Values): {
    readonly type: 'choice';
    readonly values: Values;
};
/** Returns an expression, which the runner evaluates, as the default of an input. */
export declare function expression(text: string): string;
/** Returns the form of a number from 1 to `max`. */
export declare function count(max: number): {
    readonly type: 'count';
    readonly max: number;
};
