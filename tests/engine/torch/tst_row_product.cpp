// Row products: against float64, and the same to the bit whatever comes with a token.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <QtTest>

#include "torch/math/row_product.h"
#include "torch/math/row_product_kernel.h"

using namespace fusemoe;

namespace {

at::Tensor numbers(std::vector<std::int64_t> shape, at::ScalarType type = at::kFloat) {
  return at::randn(shape, at::kFloat).to(type);
}

at::Tensor product(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias = {}) {
  return rowProduct(x, weight, bias);
}

/// Largest error of y = x·wᵀ + b in units of what rounding each term may cost.
double error(const at::Tensor& y, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  const at::Tensor wide = weight.to(at::kDouble), exact = at::matmul(x.to(at::kDouble), wide.t()) + bias;
  const at::Tensor size = at::matmul(x.to(at::kDouble).abs(), wide.abs().t()) + bias.abs();
  return ((y - exact).abs() / size).max().item<double>() / 6e-8;
}

bool kernelRuns(RowKernel kernel) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (kernel == rowKernelAvx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl");
  if (kernel == rowKernelAvx2)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
#endif
  return true;
}

}  // namespace

class TestRowProduct : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    at::set_num_threads(2);
    at::manual_seed(7);
  }

  void isTheProduct_data() {
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    for (const int tokens : {1, 2, 3, 4, 5, 6, 7, 13, 64, 65, 300})
      for (const auto& [in, out] : {std::pair(1, 1), {1, 63}, {7, 5}, {16, 16}, {33, 17}, {128, 512}, {1025, 31}})
        QTest::addRow("%d tokens %d to %d", tokens, in, out) << tokens << in << out;
  }
  void isTheProduct() {
    QFETCH(int, tokens);
    QFETCH(int, in);
    QFETCH(int, out);
    const at::Tensor x = numbers({tokens, in}), bias = numbers({out});
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf}) {
      const at::Tensor weight = numbers({out, in}, type);
      QVERIFY2(error(product(x, weight, bias), x, weight, bias) < 20, at::toString(type));
    }
  }

  /// Whatever other tokens come with it, wherever it stands, however many threads.
  void isTheSameInAnyCompany() {
    for (const auto& [in, out] : {std::pair(6144, 96), {100, 700}, {9, 48}}) {
      const at::Tensor x = numbers({200, in}), weight = numbers({out, in}), bias = numbers({out});
      const at::Tensor all = product(x, weight, bias);
      for (const std::int64_t count : {1, 2, 5, 6, 7, 63, 64, 100})
        for (const std::int64_t first : {0, 1, 3, 90}) {
          const at::Tensor some = product(x.narrow(0, first, count), weight, bias);
          QVERIFY(some.equal(all.narrow(0, first, count)));
        }
      at::set_num_threads(1);
      QVERIFY(product(x, weight, bias).equal(all));
      at::set_num_threads(2);
      std::vector<at::Tensor> each;
      for (std::int64_t row = 0; row < out; ++row)
        each.push_back(product(x, weight.narrow(0, row, 1), bias.narrow(0, row, 1)));
      QVERIFY(at::cat(each, 1).equal(all));
    }
  }

  void narrowWeightsAreTheWideOnes() {
    const at::Tensor x = numbers({9, 77});
    for (const at::ScalarType type : {at::kBFloat16, at::kHalf}) {
      at::Tensor weight = numbers({40, 77}, type);
      weight[0][0] = 3e-7;  // subnormal as float16
      weight[1][1] = 0;
      QVERIFY(product(x, weight).equal(product(x, weight.to(at::kFloat))));
    }
  }

  void severalAtOnceAreTheSameAsOneByOne() {
    std::vector<RowProduct> products;
    std::vector<at::Tensor> alone;
    for (int i = 0; i < 5; ++i) {
      const at::Tensor x = numbers({1 + 7 * i, 300}), weight = numbers({50, 300}), bias = numbers({50});
      products.push_back({x, weight, bias, at::empty({x.size(0), 50})});
      alone.push_back(product(x, weight, bias));
    }
    compute(products);
    for (std::size_t i = 0; i < alone.size(); ++i) QVERIFY(products[i].y.equal(alone[i]));
    compute({});
  }

  void matricesSideBySide() {
    const at::Tensor x = numbers({3, 4, 11, 16}), w = numbers({3, 4, 9, 16}), y = rowProducts(x, w);
    QCOMPARE(y.sizes().vec(), (std::vector<std::int64_t>{3, 4, 11, 9}));
    QVERIFY((y - at::matmul(x, w.transpose(-1, -2))).abs().max().item<double>() < 1e-5);
    QVERIFY(rowProducts(x.narrow(0, 1, 1), w.narrow(0, 1, 1)).equal(y.narrow(0, 1, 1)));
    QCOMPARE(rowProducts(numbers({0, 4, 11, 16}), numbers({0, 4, 9, 16})).numel(), 0);
  }

  void nothingIsComputedAfterAStop() {
    std::stop_source source;
    source.request_stop();
    const RowProduct one{numbers({4, 8}), numbers({16, 8}), {}, at::full({4, 16}, 5.0F)};
    compute({&one, 1}, source.get_token());
    QVERIFY(one.y.equal(at::full({4, 16}, 5.0F)));
  }

  /// Each instruction set the machine has gives the product; the tests above see only the one it chooses.
  void everyInstructionSet_data() {
    QTest::addColumn<int>("set");
    QTest::newRow("any") << 0;
#if defined(__x86_64__)
    QTest::newRow("avx2") << 1;
    QTest::newRow("avx512") << 2;
#endif
  }
  void everyInstructionSet() {
    QFETCH(int, set);
    RowKernel kernel = rowKernelGeneric;
#if defined(__x86_64__)
    if (set == 1) kernel = rowKernelAvx2;
    if (set == 2) kernel = rowKernelAvx512;
#endif
    if (!kernelRuns(kernel)) QSKIP("this processor lacks it");
    for (const auto& [type, stored] :
         {std::pair(RowType::F32, at::kFloat), {RowType::BF16, at::kBFloat16}, {RowType::F16, at::kHalf}})
      for (const std::int64_t tokens : {1, 4, 7, 70})
        for (const std::int64_t in : {3, 16, 21, 1100}) {
          const std::int64_t out = 37;
          const at::Tensor x = numbers({tokens, in}), weight = numbers({out, in}, stored), bias = numbers({out});
          const at::Tensor y = at::full({tokens, out}, NAN);
          kernel({x.data_ptr<float>(), weight.data_ptr(), bias.data_ptr<float>(), y.data_ptr<float>(), in, out, type, 0,
                  out, 0, tokens});
          QVERIFY(error(y, x, weight, bias) < 20);
        }
  }
};

QTEST_GUILESS_MAIN(TestRowProduct)
#include "tst_row_product.moc"
