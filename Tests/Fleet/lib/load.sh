# shellcheck shell=bash
load_stop() { :; }
load_runs() { false; }
