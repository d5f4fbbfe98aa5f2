#!/bin/sh
# Compiles this project's own crates with coverage for libFuzzer, and what they depend on without: RUSTC_WRAPPER=…/instrument.sh
rustc="$1"
shift
case " $* " in
*" --crate-name dossier "*)
    exec "$rustc" "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1
    ;;
*) exec "$rustc" "$@" ;;
esac
