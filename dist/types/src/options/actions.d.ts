/** The actions as their manifests declare them. */
import { type ActionName, type InputDeclaration } from './row.ts';
export interface ActionDeclaration {
    readonly inputs: Readonly<Record<string, InputDeclaration>>;
    /** The descriptions, by the names of the outputs. */
    readonly outputs: Readonly<Record<string, string>>;
}
/** Returns the inputs and outputs of each action, in the order of its manifest. */
export declare function declaredActions(): Readonly<Record<ActionName, ActionDeclaration>>;
