/** How commits relate to the default branch. */
/** `behind` and `identical`: the branch contains the commit. */
export type CommitRelation = 'ahead' | 'behind' | 'identical' | 'diverged';
/** Returns the numbers of commits that a comparison states: those that only the commit has, and those that only the branch has. */
export declare function distances(relation: CommitRelation): {
    readonly ahead: number;
    readonly behind: number;
};
