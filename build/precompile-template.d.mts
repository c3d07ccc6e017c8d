export declare function precompileTemplate(path: string): string;
