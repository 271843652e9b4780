/**
 * Reading of protocol buffers.
 *
 * @module
 */
export { Field, type FieldLimit, fieldLimit, fieldsOf } from "./fields.ts";
