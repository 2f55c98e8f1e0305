/** The e-mail addresses that certificates can name: ASCII, without quoting (RFC 5321, section 4.1.2, without its rarer forms). */
export declare function isEmailAddress(text: string): boolean;
