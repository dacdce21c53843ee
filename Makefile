.PHONY: dev
dev:
	@mkdir -p build
	flock build/.lock sh -c 'cmake --preset release >build/configure.log || { cat build/configure.log; exit 1; }; nice cmake --build --preset release --target _core'
