// Loaded before the command: the system's clock is a month ahead.
const month = 30 * 24 * 60 * 60 * 1000;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + month] : args));
  }
  static now() {
    return RealDate.now() + month;
  }
};
