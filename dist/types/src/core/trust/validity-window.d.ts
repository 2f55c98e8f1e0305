/** The time within which a key or an authority is trusted, both ends included. */
import type { ProtoField } from '../encoding/proto-json.ts';
export interface ValidityWindow {
    readonly start: Date;
    /** `undefined`: until further notice. */
    readonly end: Date | undefined;
}
/** Reads a TimeRange, which must have a start: without one, a key would be good for all of the past. */
export declare function readValidityWindow(field: ProtoField): ValidityWindow;
export declare function covers(window: ValidityWindow, time: Date): boolean;
