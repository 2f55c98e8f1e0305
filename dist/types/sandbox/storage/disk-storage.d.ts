/** Storage in a folder that its owner alone can read. */
import { type AppendFile, type Storage } from './storage.ts';
export declare class DiskStorage implements Storage, Disposable {
    #private;
    /** Creates the folder if it does not exist. Only one process at a time may have it open. */
    constructor(path: string);
    folder(name: string): Storage;
    appendFile(name: string): AppendFile;
    read(name: string): Uint8Array | undefined;
    write(name: string, bytes: Uint8Array): void;
    create(name: string, bytes: Uint8Array): boolean;
    names(): readonly string[];
    /** Closes all files that were opened in the folder and below it. */
    [Symbol.dispose](): void;
}
