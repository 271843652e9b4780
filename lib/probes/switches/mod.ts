export * from "./elementwise.ts";
export * from "./max_pool.ts";
export * from "./reductions.ts";
