/**
 * Reports whether a text matches a pattern: `*` stands for any characters except `/`, `**` for any characters, `?` for one character except
 * `/`. It takes time text × pattern, whatever they are.
 */
export declare function matchesGlob(pattern: string, text: string): boolean;
