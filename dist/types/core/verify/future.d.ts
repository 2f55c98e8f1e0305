/** Times that lie ahead of the present, which no honest authority or log states. */
/** Reports whether a time is further ahead of the present than clocks differ; also where the present is not known. */
export declare function isFuture(time: Date, now: Date): boolean;
