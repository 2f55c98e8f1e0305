/** Storage that ends with the process: for tests and dry runs, whose keys never touch a disk. */
import { type AppendFile, type Storage } from './storage.ts';
export declare class MemoryStorage implements Storage {
    #private;
    folder(name: string): Storage;
    appendFile(name: string): AppendFile;
    read(name: string): Uint8Array | undefined;
    write(name: string, bytes: Uint8Array): void;
    create(name: string, bytes: Uint8Array): boolean;
    names(): readonly string[];
}
